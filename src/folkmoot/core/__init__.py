"""What can be worked out on paper, without a computer, a database or a page?"""
