"""Similar fiches at the deposit; fiches merged by an animateur"""
