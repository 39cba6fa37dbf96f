"""Deposits held by agencies in the provincial treasury (the purpose of agreement S3): received, refunded, confirmed.

Deposits, guarantees and pledges go to accounts the treasury opened; the treasury acknowledges and the office
registers them under a credit number (شماره بستانکاری). They are refunded by hand or by machine when the holding
agency releases them; once a year the balance is confirmed or disputed. Articles 41 and 42 of the Public
Accounts Act, and Article 53 of the Constitution. The agreement says «the said articles» and names none.
"""
