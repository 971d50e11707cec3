import { literal } from '../../evidence/index.ts'
import { quoted } from './terms.ts'

// Service codes of AWS and the service that people know, only where FOCUS's own ServiceName may be missing or be another name.
const SERVICE_OF_CODE: Readonly<Record<string, string>> = {
  AmazonConnect: 'Amazon Connect',
  AmazonConnectCases: 'Amazon Connect',
  AmazonConnectVoiceID: 'Amazon Connect',
  ContactCenterTelecomm: 'Amazon Connect',
  ContactCenterTelecommKR: 'Amazon Connect',
  ContactCenterTelecommZA: 'Amazon Connect',
  ContactLensAmazonConnect: 'Amazon Connect',
  CustomerProfiles: 'Amazon Connect',
  AWSDirectConnect: 'AWS Direct Connect',
  AmazonEC2: 'Amazon EC2',
  AmazonS3: 'Amazon S3',
  AmazonGlacier: 'Amazon S3 Glacier',
  AmazonChime: 'Amazon Chime SDK',
  AmazonChimeVoiceConnector: 'Amazon Chime SDK Voice Connector',
  AmazonVPC: 'Amazon VPC',
  AWSLambda: 'AWS Lambda',
  AmazonRDS: 'Amazon RDS',
  AmazonDynamoDB: 'Amazon DynamoDB',
  AmazonCloudWatch: 'Amazon CloudWatch',
  AmazonCloudFront: 'Amazon CloudFront',
  AmazonRoute53: 'Amazon Route 53',
  AmazonKinesis: 'Amazon Kinesis',
  AmazonSNS: 'Amazon SNS',
  AWSQueueService: 'Amazon SQS',
  AmazonEFS: 'Amazon EFS',
  AmazonECS: 'Amazon ECS',
  AmazonEKS: 'Amazon EKS',
  AmazonApiGateway: 'Amazon API Gateway',
  AmazonBedrock: 'Amazon Bedrock',
  AmazonLex: 'Amazon Lex',
  AmazonPolly: 'Amazon Polly',
  AmazonAthena: 'Amazon Athena',
  transcribe: 'Amazon Transcribe',
  awskms: 'AWS Key Management Service',
  AWSCloudTrail: 'AWS CloudTrail',
  AWSTransitGateway: 'AWS Transit Gateway',
  AWSSupportEnterprise: 'AWS Support',
  AWSSupportBusiness: 'AWS Support',
  AWSSupportDeveloper: 'AWS Support',
  AWSEnterpriseOnRamp: 'AWS Support',
  AWSPremiumSupport: 'AWS Support',
  OCBPremiumSupport: 'AWS Support',
}

// Names on a bill that begin so; telephony is a part of Amazon Connect that another company sells.
const SERVICE_OF_NAME: readonly (readonly [string, string])[] = [
  ['amazon connect%', 'Amazon Connect'],
  ['contact center telecommunications%', 'Amazon Connect'],
  ['contact lens for amazon connect%', 'Amazon Connect'],
  ['aws support%', 'AWS Support'],
  ['aws premium support%', 'AWS Support'],
  ['aws enterprise support%', 'AWS Support'],
]

function known(code: string): string {
  const cases = Object.entries(SERVICE_OF_CODE).map(([each, name]) => `WHEN ${literal(each)} THEN ${literal(name)}`)
  return `CASE ${code} ${cases.join(' ')} END`
}

/** SQL for the name of a service when the report gives its code alone, for the codes that occur, the most frequent first. */
export function serviceOfCode(code: string, found: readonly string[]): string {
  const cases = found.flatMap((each) => {
    const name = SERVICE_OF_CODE[each]
    return name === undefined ? [] : [`WHEN ${literal(each)} THEN ${literal(name)}`]
  })
  return cases.length === 0 ? code : `CASE ${code} ${cases.join(' ')} ELSE ${code} END`
}

/** SQL over canonical rows for the service as agreements name it. */
export function serviceOfRow(): string {
  const name = quoted('ServiceName')
  const byName = SERVICE_OF_NAME.map(([like, service]) => `WHEN lower(${name}) LIKE '${like}' THEN ${literal(service)}`)
  return `coalesce(${known(quoted('x_ServiceCode'))}, ${known(quoted('x_ProductCode'))}, CASE ${byName.join(' ')} END, ${name}, ${quoted('x_ServiceCode')}, '—')`
}
