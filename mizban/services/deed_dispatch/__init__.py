"""Sending a property deed to an executive agency or a third one (agreement S2).

An agency asks for a deed that lies in the vault of government deeds. Its ministry endorses; for a third
recipient the agency that owns or uses the property consents; the assets unit checks the deed. The default is a
certified electronic copy, so that deeds need not leave the vault (S2-1.1c); the original goes out as an
exception, with a reason and a day to be back. Articles 114, 115 and 117 of the Public Accounts Act.
"""
