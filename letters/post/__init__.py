"""The post room: notices of what stands in the inbox, and letters on paper."""
