"""Time or instalments for a debt to the government (the title of agreement S1).

Whoever owes a final debt to an agency of the province asks; the creditor agency endorses at its own desk, the
office checks general conditions and the law, asks the ministry where it must, and decides. The debtor gets an
agreement with a table of instalments, or a refusal with its reason. Article 47 of the Public Accounts Act and
its note: instalments do not stop a prosecution. The by-law's limits on months, down payment and guarantee were
not found; they are settings here.
"""
