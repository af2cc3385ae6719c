"""What is true of the partnership, all of it, on one page?"""
