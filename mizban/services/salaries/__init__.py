"""Paying the salaries of the government's staff (the title of agreement S3).

Each month an agency sends its list and asks for the funds; the office checks the file's structure and its
figures, the provincial treasury secures the credit, the order is given, net pay goes to people's own accounts
and deductions to theirs, and a report closes the month. Note 19 of the budget act of 1386; agencies of Article
5 of the Civil Service Act, the Ministry of Intelligence and the armed forces apart.
"""
