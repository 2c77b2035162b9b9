"""What a delegate did, on a paper that anybody can check by its code"""
