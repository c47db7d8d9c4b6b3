"""The look: colours as tokens for light and dark, the style sheet made from them, icons and signs."""
