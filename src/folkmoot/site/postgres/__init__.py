"""How does Folkmoot speak to PostgreSQL?"""
