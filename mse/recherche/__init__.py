"""Full-text search over fiches, answers, initiatives and acteurs"""
