"""Mails of capabilities that have no place left in `notifications`"""
