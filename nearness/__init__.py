"""Which complaints are near one another, and which hold a text: found without a word being kept in the clear."""
