from mse import create_app

app = create_app()
