"""Who stands behind this?"""
