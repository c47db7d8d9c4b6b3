"""The transcript as one reads and codes it. It knows no study: plain marks go in, signals come out."""
