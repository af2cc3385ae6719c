"""What do we learn about how the partnership works, and for whom?"""
