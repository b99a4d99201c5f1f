# docker build -t ok-oce-assistant . && docker run -p 3000:3000 -v ok-oce:/data ok-oce-assistant
# Alone it runs on its embedded PostgreSQL; compose.yaml gives it a PostgreSQL and a Redis of their own.

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc prisma.config.ts ./
COPY prisma/*.prisma prisma/
COPY scripts/no-schema-engine.sh scripts/
# also generates the database client (postinstall)
RUN npm ci --omit=dev --no-progress

FROM node:20-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY package.json tsconfig.json ./
COPY prisma prisma
COPY flows flows
COPY faq faq
COPY src src
COPY --from=build /app/src/db/generated src/db/generated
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node itself, not npm: it must hear SIGTERM to finish the turns and sends under way
CMD ["node", "--import", "tsx", "src/main.ts"]
