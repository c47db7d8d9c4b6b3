"""The clustering board: a canvas on which code cards are laid together until a pile is worth a name."""
