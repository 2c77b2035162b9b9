"""Answers that became rules, with their versions and their reviews"""
