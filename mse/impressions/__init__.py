"""PDF documents on request: the worker writes them and keeps them for a day"""
