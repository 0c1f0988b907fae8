"""Danish documents from structured inputs."""
