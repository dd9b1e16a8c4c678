"""The cast, the board, and the main job on real input."""
