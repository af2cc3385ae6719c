"""How does a place travel: in one file that anybody can read, in a backup, and home again?"""
