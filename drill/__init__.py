"""Faults on purpose: the real processes under load, one thing breaks, and then somebody else counts.

Every drill runs the whole hotline on this machine (`ground`), lets a small city call over HTTP (`load`) which keeps its
own record on disk of what it was promised (`record`), breaks something, mends it, and counts (`count`): the record
against PostgreSQL, PostgreSQL against Temporal. `every` lists the drills; docs/drills.md says how to read them.
"""
