"""What else could people use, each in an environment of its own?"""
