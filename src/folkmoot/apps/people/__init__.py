"""What do we keep about people, and whence?"""
