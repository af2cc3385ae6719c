"""Which fictional town shows everything that there is?"""
