"""Does the journal hold, and do engine and journal tell the same story."""
