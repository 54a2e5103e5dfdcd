# A model as an image, which Kubernetes puts into use before the embedded host starts. The context is the folder of the bundle:
#   docker build -f infra/containers/model.Dockerfile -t iomtad-model:VERSION FOLDER
ARG EMBEDDED_IMAGE=iomtad-embedded:0.1.0
FROM ${EMBEDDED_IMAGE}
COPY . /model
USER 1654:1654
CMD ["models", "promote", "/model", "--force", "--reason", "deployed as an image", "--store", "/data"]
