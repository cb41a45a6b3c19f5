"""Flight of ballistic missiles from launch to impact on a rotating Earth."""
