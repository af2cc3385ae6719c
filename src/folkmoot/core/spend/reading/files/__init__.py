"""Which records does a published file hold, and may it be opened at all?"""
