"""Which tables does a file of contacts hold, whatever program wrote it?"""
