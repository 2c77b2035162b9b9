"""Use cases that create and change a promotion."""

from mse.core.use_cases import use_case
from mse.representation.promotions import add_promotion, rewrite_promotion

creer_promotion = use_case(add_promotion)
modifier_promotion = use_case(rewrite_promotion)
