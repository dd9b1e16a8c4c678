"""Reads the policy folder into validated, versioned books; refuses a faulty folder whole."""
