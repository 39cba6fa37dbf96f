"""Collecting the debts and claims of the province's agencies (the purpose clause of agreement S1).

Each quarter and each year an agency sends what it owes and what it is owed; the office disputes (واخواهی) item
by item, confirms, consolidates, signs and sends to the ministry, which presents the whole to parliament.
Article 1(b) of قانون رفع موانع تولید رقابت‌پذیر (1394). The agency gets a confirmed report, and the state one
number it can rely on.
"""
