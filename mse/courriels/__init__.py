"""Mails: what the person reads for each event, one module per capability"""
