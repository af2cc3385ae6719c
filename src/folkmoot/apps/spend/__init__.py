"""What money can move?"""
