"""The lerend netwerk: lessons from accounts of activities, experts, and meetings."""
