"""SQL, and nothing but: functions take a connection and never commit. Those of one statement may stand alone."""
