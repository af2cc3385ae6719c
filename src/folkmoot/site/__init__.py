"""How does a browser come in?"""
