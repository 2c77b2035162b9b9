"""Handover: where everything stands, the last word of a delegate"""
