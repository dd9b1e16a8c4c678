"""The engine room: everything the hotline needs from below, started by the hotline itself.

A person with a clean clone has neither PostgreSQL nor Temporal. This package brings both, on free loopback
ports, with durable data under one folder (the *home*), and takes them away again when the hotline ends:

- ``stack``: PostgreSQL, Temporal and its web UI as one context manager, for ``hotline up``, the demo, tests
  and benchmarks;
- ``child``: one supervised process (log file, pid file, ready check, orderly stop), started by ``launcher``
  in the thread kept by ``nursery`` so that it dies with us;
- ``postgres``: the PostgreSQL 18 that a wheel carries, as an ordinary user or dropped from root;
- ``engine`` finds or builds Temporal, ``temporal`` runs it on a SQLite file, ``ui`` shows it.

Nothing here knows about complaints. Settings come as arguments: no environment variable is read. Whatever
a person already has (a database address, a Temporal address) is used as it is and never started or stopped.
"""
