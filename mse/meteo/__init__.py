"""The participation weather of the territoires, every figure with what stands behind it."""
