"""Coming in by the institution's own OpenID provider."""

from fastapi import APIRouter

router = APIRouter()
