// Example values: change them before a deployment.

using './main.bicep'

param workspaceName = 'my-workspace'
param roleArn = 'arn:aws:iam::123456789012:role/OIDC_MicrosoftSentinel'
param queueUrl = 'https://sqs.eu-west-1.amazonaws.com/123456789012/fastly-log'
