"""E-mail to those who asked for it: subscriptions, what is to be sent, and the sending.

Nothing is sent inside a request: it writes one row (`outbox.post`), the worker fans it out and sends. It knows nothing
of outages and notices; whoever tells of one hands over what to say. Messages of cases can stand on the same ground.
"""
