"""How fast is Folkmoot, against what people would otherwise use?"""
