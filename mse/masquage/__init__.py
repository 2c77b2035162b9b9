"""Mask a passage of a public text; moderators keep the original for a time"""
