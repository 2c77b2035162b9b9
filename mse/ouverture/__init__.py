"""Open data: a read-only JSON API and its OpenAPI document; Open311"""
