"""What a study can say of its own making: facts for a methods section, evidence for checklists, a day by day account.

Whatever is said here comes from rows and from the change journal; what nothing was logged of is left blank.
"""
