"""Signing in: residents with DigiD and organisations with eHerkenning through a broker, officials with their own organisation."""
