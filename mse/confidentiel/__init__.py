"""Confidential reports of violence or harassment, read by named people"""
